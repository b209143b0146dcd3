"""The only room that knows Flask: pages, feeds, the API, editing and review."""
