"""The public face: website, chat API, SMS webhook."""
