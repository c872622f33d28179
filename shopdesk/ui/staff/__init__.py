"""Who stands at this computer: names and PINs, the locked window, an owner's word."""
