"""Template filters and tags of the whole project; settings make them available everywhere."""
