ledgerPreviews("sources",{"survey-1901": ["Source · peer-reviewed work", "A survey of the harbour clock", "Brass et al. 1901. A year of readings at noon, on mean time."]});
