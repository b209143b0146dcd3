"""Ways a message travels, one file each; they get a finished message and say what became of it."""
