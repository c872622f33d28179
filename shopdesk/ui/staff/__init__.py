"""Who stands at this computer: names, PINs and the locked screen."""
