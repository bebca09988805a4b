"""The demonstration: a made-up world around real public projects, built through the product's own actions."""
