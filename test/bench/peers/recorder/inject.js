{
  const copy = (value, seen = new WeakSet()) => {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof ArrayBuffer)
      return { _type: "ArrayBuffer", byteLength: value.byteLength, data: [...new Uint8Array(value)] };
    if (ArrayBuffer.isView(value))
      return { _type: value.constructor.name, length: value.length, data: [...value] };
    if (seen.has(value)) return "[Circular Reference]";
    seen.add(value);
    if (Array.isArray(value)) return value.map((item) => copy(item, seen));
    const copied = value instanceof Credential ? { _type: "PublicKeyCredential" } : {};
    for (const name in value) if (typeof value[name] !== "function") copied[name] = copy(value[name], seen);
    return copied;
  };
  for (const name of ["create", "get"]) {
    const native = navigator.credentials[name];
    navigator.credentials[name] = function (options) {
      const log = {
        id: `${Date.now()}-${Math.random()}`,
        type: name,
        timestamp: new Date().toISOString(),
        url: location.href,
        options: copy(options),
      };
      const tell = (outcome) => {
        console.group(`navigator.credentials.${name}`);
        console.log(log.options, outcome);
        console.groupEnd();
        postMessage({ source: "stand-in-recorder", log: { ...log, ...outcome } }, "*");
      };
      const result = native.call(this, options);
      result.then(
        (credential) => tell({ success: true, result: copy(credential) }),
        (error) => tell({ success: false, error: String(error) }),
      );
      return result;
    };
  }
}
