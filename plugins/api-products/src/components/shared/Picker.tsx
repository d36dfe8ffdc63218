/**
 * A field to choose one or several of many things that the server knows: what is typed is searched there, and nothing
 * is asked before somebody opens it.
 */
import { useRef, useState } from 'react';
import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  type AutocompleteInputChangeReason,
  type AutocompleteRenderInputParams,
} from '@material-ui/lab/Autocomplete';
import useDebounce from 'react-use/esm/useDebounce';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';

const TYPING_MS = 250;

/** Something to choose. */
export interface Choice {
  value: string;
  label: string;
  /** What tells it from others of the same name. */
  hint?: string;
}

/** Where choices come from. */
export interface Choices {
  /** Names the source; another one loads anew. */
  key: string;
  load: (q: string, signal: AbortSignal) => Promise<Choice[]>;
  /** What a value is called before its choice has been loaded. */
  labelOf: (value: string) => string;
}

export interface PickerProps {
  label: string;
  choices: Choices;
  value: string[];
  /** One at most. */
  single?: boolean;
  required?: boolean;
  disabled?: boolean;
  error?: string;
  help?: string;
  onChange: (value: string[]) => void;
}

function useChoices({ key, load, labelOf }: Choices) {
  const known = useRef(new Map<string, Choice>());
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [term, setTerm] = useState('');
  useDebounce(() => setTerm(typed.trim()), TYPING_MS, [typed]);
  const found = useResource(
    `choices ${key} ${open} ${term}`,
    async signal => {
      const choices = open ? await load(term, signal) : [];
      choices.forEach(choice => known.current.set(choice.value, choice));
      return choices;
    },
    { keepPrevious: true },
  );
  return {
    found,
    open,
    setOpen,
    setTyped,
    labelOf: (value: string) =>
      known.current.get(value)?.label ?? labelOf(value),
    hintOf: (value: string) => known.current.get(value)?.hint,
  };
}

export function Picker(props: PickerProps) {
  const { label, value, single, disabled, error, help, onChange } = props;
  const t = useT();
  const id = useUniqueId('picker');
  const choices = useChoices(props.choices);
  const { found, labelOf, hintOf } = choices;

  const offered = (found.value ?? []).map(choice => choice.value);
  const common = {
    id,
    disabled,
    fullWidth: true,
    size: 'small' as const,
    // What is chosen has to be among the options, but only what was found is offered.
    options: [...new Set([...value, ...offered])],
    loading: found.loading,
    loadingText: t('shared.loading'),
    noOptionsText: found.error
      ? t('shared.pickerFailed')
      : t('shared.pickerNone'),
    openText: t('shared.pickerOpen'),
    clearText: t('shared.pickerClear'),
    filterOptions: (options: string[]) =>
      options.filter(option => offered.includes(option)),
    getOptionLabel: labelOf,
    getOptionSelected: (option: string, other: string) => option === other,
    renderOption: (option: string) => {
      const hint = hintOf(option);
      return (
        <span>
          {labelOf(option)}
          {hint && ` — ${hint}`}
        </span>
      );
    },
    onOpen: () => choices.setOpen(true),
    onClose: () => choices.setOpen(false),
    onInputChange: (
      _: unknown,
      text: string,
      reason: AutocompleteInputChangeReason,
    ) => choices.setTyped(reason === 'input' ? text : ''),
    renderInput: (params: AutocompleteRenderInputParams) => (
      <TextField
        {...params}
        label={label}
        required={props.required}
        margin="dense"
        error={error !== undefined}
        helperText={error ?? help}
      />
    ),
  };
  return single ? (
    <Autocomplete
      {...common}
      value={value[0] ?? null}
      onChange={(_, chosen) => onChange(chosen === null ? [] : [chosen])}
    />
  ) : (
    <Autocomplete
      {...common}
      multiple
      filterSelectedOptions
      value={value}
      onChange={(_, chosen) => onChange(chosen)}
    />
  );
}
