"""The arithmetic of collecting: values in, values out."""
