package parse

// HeaderFingerprint is what [Sheet.HeaderFingerprint] is of a sheet with these names of columns.
func HeaderFingerprint(names []string) string { return fingerprint(names) }
