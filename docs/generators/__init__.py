"""One module per generated page; each offers page() -> str."""
