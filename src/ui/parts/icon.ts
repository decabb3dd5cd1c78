import type { Component } from 'svelte';

/** An icon component as parts take it. Lucide's own type is narrower than what it accepts. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type IconType = Component<any>;
