const calls = new Map();

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (message.kind === "ready") answer({ activate: true });
  else calls.set(`${sender.tab?.id}:${message.id}`, { ...calls.get(message.id), ...message, at: Date.now() });
});
