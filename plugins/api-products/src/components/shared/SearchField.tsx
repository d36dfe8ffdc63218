import { useEffect, useState } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import useDebounce from 'react-use/esm/useDebounce';

const TYPING_MS = 300;

/** Searches when the typing pauses, so that a word is one request. */
export function SearchField(props: {
  label: string;
  placeholder?: string;
  q: string;
  onSearch: (q: string) => void;
}) {
  const { label, placeholder, q, onSearch } = props;
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useDebounce(
    () => {
      if (text.trim() !== q) {
        onSearch(text.trim());
      }
    },
    TYPING_MS,
    [text],
  );
  return (
    <TextField
      type="search"
      variant="outlined"
      size="small"
      placeholder={placeholder ?? label}
      value={text}
      onChange={event => setText(event.target.value)}
      inputProps={{ 'aria-label': label }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" />
          </InputAdornment>
        ),
      }}
    />
  );
}
