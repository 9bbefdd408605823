chrome.runtime.sendMessage({ kind: "ready" }, ({ activate }) => {
  if (!activate) return;
  const script = document.createElement("script");
  script.src = chrome.runtime.getURL("injected.js");
  (document.head ?? document.documentElement).append(script);
});

addEventListener("message", ({ source, data }) => {
  if (source === window && data?.source === "stand-in-panel") chrome.runtime.sendMessage(data.message);
});
