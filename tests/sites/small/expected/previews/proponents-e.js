ledgerPreviews("proponents",{"elm-gazette": ["Proponent · publication", "The Elm Gazette", ""]});
