"""The HTTP API: one file for each resource. Every route asks `policy` first."""
