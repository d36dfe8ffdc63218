/**
 * The form of a record that is made or changed. What is being edited does not change under one's hands: the revision
 * that was looked at is sent. If somebody else was quicker, the newest version can be taken, with one's own changes on
 * top of it.
 */
import { useState } from 'react';
import { serverErrorOf } from '../../hooks/serverError';
import { useAction } from '../../hooks/useAction';
import { useForm, type Form } from '../../hooks/useForm';
import type { FormDialogProps, NewestVersion } from '../shared';
import { keepChanges } from './changes';

interface RecordForm<R, T, F extends string> {
  /** The version that is being changed; absent for a new record. */
  record?: R;
  editor: Form<T, F>;
  /** What the dialog around it has to know. */
  dialog: Pick<
    FormDialogProps,
    'busy' | 'filled' | 'problem' | 'refusals' | 'newest' | 'onSubmit'
  >;
}

const isOutdated = (error: Error): boolean =>
  serverErrorOf(error).code === 'changed-since';

/**
 * @param options.record - to be changed; without it, one is made
 * @param options.fields - those on the screen, as the server calls them
 * @param options.check - finds what can be seen without the server
 * @param options.read - the newest version
 */
export function useRecordForm<R, T extends object, F extends string>(options: {
  record?: R;
  formOf: (record: R | undefined) => T;
  fields: readonly F[];
  check: (form: T, record: R | undefined) => Partial<Record<F, string>>;
  create: (form: T) => Promise<R>;
  update: (record: R, form: T) => Promise<R>;
  read: (record: R) => Promise<R>;
  onSaved: (record: R) => void;
}): RecordForm<R, T, F> {
  const { formOf, fields } = options;
  const [record, setRecord] = useState(options.record);
  const [taken, setTaken] = useState(false);

  const editor = useForm({
    initial: formOf(record),
    fields,
    check: form => options.check(form, record),
    send: async form => {
      setTaken(false);
      options.onSaved(
        record
          ? await options.update(record, form)
          : await options.create(form),
      );
    },
  });
  const take = useAction(async () => {
    if (record) {
      const now = await options.read(record);
      editor.change(keepChanges(formOf(record), editor.form, formOf(now)));
      setRecord(now);
      setTaken(true);
    }
  });
  const outdated =
    record !== undefined &&
    editor.problem !== undefined &&
    isOutdated(editor.problem);
  const newest: NewestVersion = {
    offered: outdated,
    taken,
    error: outdated ? take.error : undefined,
    take: take.run,
  };
  return {
    record,
    editor,
    dialog: {
      busy: editor.busy || take.busy,
      filled: editor.filled,
      problem: editor.problem,
      refusals: editor.refusals,
      newest,
      onSubmit: editor.submit,
    },
  };
}
