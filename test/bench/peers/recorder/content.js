const inject = () => {
  const script = document.createElement("script");
  script.src = chrome.runtime.getURL("inject.js");
  document.documentElement.append(script);
};
if (document.readyState === "loading") addEventListener("DOMContentLoaded", inject);
else inject();

let kept = Promise.resolve();

addEventListener("message", ({ source, data }) => {
  if (source !== window || data?.source !== "stand-in-recorder") return;
  kept = kept.then(async () => {
    const { logs = [] } = await chrome.storage.local.get("logs");
    await chrome.storage.local.set({ logs: [...logs, data.log].slice(-1000) });
  });
});
