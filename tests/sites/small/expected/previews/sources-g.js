ledgerPreviews("sources",{"gazette-1902": ["Source · reporting", "Clock late, says board", "The Elm Gazette 1902."]});
