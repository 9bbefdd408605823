import "./relyingParty.js";
