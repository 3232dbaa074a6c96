"""How the site looks: Sass sources, and the build that turns them into one stylesheet."""
