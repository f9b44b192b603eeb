ledgerPreviews("terms",{"mean-time": ["Term", "mean time", "Time by an even clock rather than by the sun."]});
