// What the TypeScript client needs to know of station.js.

export interface Order {
    readonly connectorId: number;
    readonly idTag: string;
    readonly transactionId: number;
}

export interface Booted {
    readonly status: string;
    readonly transactionId: number;
}

export class Station {
    constructor(identity: string, password: string);
    readonly faults: readonly unknown[];
    start(): Promise<Booted>;
    call(action: string, params: Readonly<Record<string, unknown>>): Promise<Booted>;
    say(connectorId: number, status: string): Promise<unknown>;
    order(action: string, nth?: number): Promise<Order>;
    meter(transactionId: number, wh: number, watts: number): Promise<unknown>;
    close(): Promise<unknown>;
}
