// What the program writes before the service worker.
declare const SHELL: string[];
declare const VERSION: string;
declare const RESTS: string[];
declare const NEVER: string[];
declare const POLICY: string;
