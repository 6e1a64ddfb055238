"""What pydantic says of a field, by the type of its finding: in its English, and in Swedish.

These are the types that a body or parameter can meet; a test finds one that is missing.
"""

CHECKED: dict[str, tuple[str, str]] = {
    "missing": ("Field required", "fältet måste finnas"),
    "extra_forbidden": ("Extra inputs are not permitted", "något fält med det namnet finns inte"),
    "invalid_key": ("Keys should be strings", "namn på fält ska vara texter"),
    "model_type": (
        "Input should be a valid dictionary or instance of {}",
        "ska vara ett objekt",
    ),
    "model_attributes_type": (
        "Input should be a valid dictionary or object to extract fields from",
        "ska vara ett objekt",
    ),
    "dict_type": ("Input should be a valid dictionary", "ska vara ett objekt"),
    "mapping_type": ("Input should be a valid mapping, error: {}", "ska vara ett objekt"),
    "list_type": ("Input should be a valid list", "ska vara en lista"),
    "too_short": (
        "{} should have at least {} {} after validation, not {}",
        "ska ha minst {1} i listan, inte {3}",
    ),
    "too_long": (
        "{} should have at most {} {} after validation, not {}",
        "ska ha högst {1} i listan, inte {3}",
    ),
    "string_type": ("Input should be a valid string", "ska vara en text"),
    "string_unicode": (
        "Input should be a valid string, unable to parse raw data as a unicode string",
        "ska vara en text, men har tecken som inte är Unicode",
    ),
    "string_too_short": (
        "String should have at least {} {}",
        "texten ska ha minst {} tecken",
    ),
    "string_too_long": (
        "String should have at most {} {}",
        "texten ska ha högst {} tecken",
    ),
    "string_pattern_mismatch": ("does not have the form {}", "har inte formen {}"),
    "enum": ("Input should be {}", "ska vara {}"),
    "literal_error": ("Input should be {}", "ska vara {}"),
    "none_required": ("Input should be None", "ska vara null"),
    "bool_type": ("Input should be a valid boolean", "ska vara true eller false"),
    "bool_parsing": (
        "Input should be a valid boolean, unable to interpret input",
        "ska vara true eller false",
    ),
    "int_type": ("Input should be a valid integer", "ska vara ett heltal"),
    "int_parsing": (
        "Input should be a valid integer, unable to parse string as an integer",
        "ska vara ett heltal",
    ),
    "int_parsing_size": (
        "Unable to parse input string as an integer, exceeded maximum size",
        "talet har för många siffror",
    ),
    "int_from_float": (
        "Input should be a valid integer, got a number with a fractional part",
        "ska vara ett heltal, utan decimaler",
    ),
    "float_type": ("Input should be a valid number", "ska vara ett tal"),
    "float_parsing": (
        "Input should be a valid number, unable to parse string as a number",
        "ska vara ett tal",
    ),
    "finite_number": ("Input should be a finite number", "ska vara ett ändligt tal"),
    "greater_than": ("Input should be greater than {}", "ska vara större än {}"),
    "greater_than_equal": (
        "Input should be greater than or equal to {}",
        "ska vara minst {}",
    ),
    "less_than": ("Input should be less than {}", "ska vara mindre än {}"),
    "less_than_equal": ("Input should be less than or equal to {}", "ska vara högst {}"),
    "multiple_of": ("Input should be a multiple of {}", "ska vara delbart med {}"),
    "date_type": ("Input should be a valid date", "ska vara ett datum"),
    "date_parsing": (
        "Input should be a valid date in the format YYYY-MM-DD, {}",
        "ska vara ett datum som finns, skrivet ÅÅÅÅ-MM-DD",
    ),
    "date_from_datetime_parsing": (
        "Input should be a valid date or datetime, {}",
        "ska vara ett datum som finns, skrivet ÅÅÅÅ-MM-DD",
    ),
    "date_from_datetime_inexact": (
        "Datetimes provided to dates should have zero time - e.g. be exact dates",
        "ska vara ett datum, utan klockslag",
    ),
    "datetime_type": ("Input should be a valid datetime", "ska vara en tidpunkt"),
    "datetime_parsing": ("Input should be a valid datetime, {}", "ska vara en tidpunkt som finns"),
    "datetime_from_date_parsing": (
        "Input should be a valid datetime or date, {}",
        "ska vara en tidpunkt som finns",
    ),
    "timezone_aware": ("Input should have timezone info", "tidpunkten ska ha en tidszon"),
    "uuid_type": ("UUID input should be a string, bytes or UUID object", "ska vara ett UUID"),
    "uuid_parsing": (
        "Input should be a valid UUID, {}",
        "ska vara ett UUID: 8-4-4-4-12 hexadecimala siffror",
    ),
    "uuid_version": ("UUID version {} expected", "ska vara ett UUID av version {}"),
    "decimal_type": (
        "Decimal input should be an integer, float, string or Decimal object",
        "ska vara ett tal",
    ),
    "decimal_parsing": ("Input should be a valid decimal", "ska vara ett tal"),
    "decimal_max_digits": (
        "Decimal input should have no more than {} digits in total",
        "ska ha högst {} siffror",
    ),
    "decimal_max_places": (
        "Decimal input should have no more than {} decimal places",
        "ska ha högst {} decimaler",
    ),
    "decimal_whole_digits": (
        "Decimal input should have no more than {} digits before the decimal point",
        "ska ha högst {} siffror före decimaltecknet",
    ),
    "union_tag_invalid": (
        "Input tag {} found using {} does not match any of the expected tags: {}",
        "{1} ska vara en av {2}",
    ),
    "union_tag_not_found": (
        "Unable to extract tag using discriminator {}",
        "{} måste finnas",
    ),
    "recursion_loop": ("Recursion error - cyclic reference detected", "hänvisar till sig själv"),
    "recursion_depth_exceeded": (
        "Recursion error - maximum validation depth exceeded",
        "är för djupt nästlat",
    ),
}
