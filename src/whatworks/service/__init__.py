"""The web service: thin rooms over the stations. The only floor that knows Django."""
