"""The settings of the embedded server, as the text of its `postgresql.conf`."""

from pathlib import Path

from calpulli.site.cluster.home import PORT

COMMON = {
    # Nobody reaches it but through the socket.
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # Pages are many short queries; compiling them costs more than it saves.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "datestyle": "ISO, YMD",
    # Our errors are recognised by their English text.
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    # Small machines and containers: parallel workers need /dev/shm, often 64 MB.
    "max_parallel_workers_per_gather": "0",
}
# Tests throw the data away, so nothing has to survive a power cut.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def settings_text(*, data: Path, socket: Path, fast: bool) -> str:
    """The whole file; `fast` trades durability for speed and is for tests alone."""
    paths = {
        "hba_file": str(data / "pg_hba.conf"),
        "ident_file": str(data / "pg_ident.conf"),
        "unix_socket_directories": _listed(socket),
    }
    chosen = COMMON | paths | (FAST if fast else {})
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in chosen.items())


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''").replace("\\", "\\\\") + "'"


def _listed(folder: Path) -> str:
    """A list of one folder: its separators are commas, so the item carries quotes of its own."""
    return '"' + str(folder).replace('"', '""') + '"'
