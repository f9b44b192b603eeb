ledgerPreviews("proponents",{"harbour-board": ["Proponent · organisation", "Harbour Board of Elm", ""]});
