ledgerPreviews("sources",{"notice-1902": ["Source · official statement", "Notice of a correction & of a letter withdrawn", "Quill 1902."]});
