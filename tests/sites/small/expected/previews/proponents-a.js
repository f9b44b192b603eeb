ledgerPreviews("proponents",{"ada-brass": ["Proponent · person", "Ada Brass", "Ferrywoman and surveyor of clocks."]});
