// The package has no types of its own. Only what is used here.
declare module 'verovio/wasm' {
  const createVerovioModule: () => Promise<object>;
  export default createVerovioModule;
}

declare module 'verovio/wasm?url' {
  const url: string;
  export default url;
}

declare module 'verovio/esm' {
  export const LOG_OFF: number;
  export function enableLog(level: number, module: object): void;
  export class VerovioToolkit {
    constructor(module: object);
    getVersion(): string;
    setOptions(options: Record<string, string | number | boolean | string[]>): void;
    loadData(data: string): boolean;
    getPageCount(): number;
    renderToSVG(page: number, xmlDeclaration?: boolean): string;
    renderToMIDI(): string;
    renderToTimemap(options?: Record<string, boolean>): object[];
    getMEI(options?: Record<string, string | number | boolean>): string;
    getElementAttr(id: string): Record<string, string>;
    getMIDIValuesForElement(id: string): { time: number; pitch: number; duration: number };
    getTimesForElement(id: string): Record<string, number[]>;
    getLog(): string;
    redoLayout(options?: Record<string, boolean>): void;
    destroy(): void;
  }
}
