"""Formats in which an institute publishes: written without ambient state, read with every defect named."""
