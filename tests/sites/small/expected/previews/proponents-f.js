ledgerPreviews("proponents",{"friends-of-the-clock": ["Proponent · group", "Friends of the Clock", ""]});
