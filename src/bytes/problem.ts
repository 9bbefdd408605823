/** Where in the outermost buffer a decoded member stands. */
export interface Field {
  /** dotted path of the member, e.g. `authData.flags` */
  path: string;
  /** bytes from the start of the OUTERMOST buffer, so that a byte view can point at them */
  offset: number;
  /** bytes */
  length: number;
}

/** Something wrong with an input. Bad input never throws: it yields what was understood plus problems. */
export interface Problem {
  /** stable kebab-case name of the kind of problem */
  code: string;
  /** one sentence for people, naming the place */
  message: string;
  /** bytes (or characters, for text) from the start of the outermost input */
  offset: number;
  length: number;
  /** JSON pointer or dotted path, where the input has members */
  path?: string;
}
