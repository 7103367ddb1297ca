/** Thrown where a reading that was cancelled stops. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** Lets waiting messages in, such as "cancel": a macrotask, because microtasks never give way to them. */
export async function turn(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (signal?.aborted) throw new Cancelled('the reading was cancelled');
}
