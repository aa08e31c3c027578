"""The API: data sets for programs. It reads, and nothing else."""

from .addresses import description, path_views, urlpatterns

__all__ = ["description", "path_views", "urlpatterns"]
