"""Tables somebody brings: CSV, XLSX, JSON and YAML files become rows with their numbers; read in the cage."""
