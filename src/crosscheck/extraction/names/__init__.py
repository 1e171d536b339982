"""Names of a text: areas, indicators and products of the code lists, companies, offices and cities."""
