import { useState } from 'react';
import { fieldErrorOf } from './fieldErrors';
import { useAction } from './useAction';
import { useRefusal } from './useRefusal';

/** A form that is filled in and sent. */
export interface Form<T, F extends string> {
  form: T;
  /** What is wrong with a field, as far as it should be said by now. */
  errors: Partial<Record<F, string>>;
  /** A refusal that concerns no field that is on the screen. */
  problem?: Error;
  busy: boolean;
  /** Whether something differs from what it began with. */
  filled: boolean;
  /** How often it was refused, by the checks here or by the server. */
  refusals: number;
  change: (change: Partial<T>) => void;
  submit: () => Promise<void>;
}

/**
 * What the checks here find is said from the first try on; what the server says stands until something is changed.
 *
 * @param options.fields - those on the screen, as the server calls them
 * @param options.check - finds what can be seen without the server
 */
export function useForm<T extends object, F extends string>(options: {
  initial: T;
  fields: readonly F[];
  check: (form: T) => Partial<Record<F, string>>;
  send: (form: T) => Promise<void>;
}): Form<T, F> {
  const { fields, check } = options;
  const refusalWords = useRefusal();
  const [initial] = useState(options.initial);
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const send = useAction(async (filled: T) => {
    try {
      await options.send(filled);
    } catch (error) {
      setRefusals(count => count + 1);
      throw error;
    }
  });

  const refusal = send.error && fieldErrorOf(send.error, fields, refusalWords);
  const errors: Partial<Record<F, string>> = tried ? check(form) : {};
  const said =
    refusal?.field === undefined
      ? errors
      : { ...errors, [refusal.field]: refusal.message };

  return {
    form,
    errors: said,
    problem: refusal?.field === undefined ? send.error : undefined,
    busy: send.busy,
    filled: JSON.stringify(form) !== JSON.stringify(initial),
    refusals,
    change: change => {
      setForm(previous => ({ ...previous, ...change }));
      send.reset();
    },
    submit: async () => {
      setTried(true);
      if (Object.keys(check(form)).length > 0) {
        setRefusals(count => count + 1);
      } else {
        await send.run(form);
      }
    },
  };
}
