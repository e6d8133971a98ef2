"""Location, postal code, district or city name in any language -> city; distances."""
