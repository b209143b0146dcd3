"""What the measurements of mail share: a site with many subscribers, and a relay that takes everything."""
