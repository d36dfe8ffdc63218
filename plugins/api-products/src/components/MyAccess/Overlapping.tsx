import { useState } from 'react';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Credential,
  CredentialAction,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { ConfirmDialog } from '../shared';
import { chosen, durationOf, extensionChoices } from './overlap';
import { OverlapFields } from './OverlapFields';

const STEPS = ['cut-off', 'extend', 'cancel-rotation'] as const;
type Step = (typeof STEPS)[number];

const WORDS = {
  'cut-off': 'cutOff',
  extend: 'extend',
  'cancel-rotation': 'keep',
} as const;

const isStep = (action: CredentialAction): action is Step =>
  STEPS.some(step => step === action);

/** What can be done with a key that works beside the one that has taken its place. */
export function Overlapping(props: {
  credential: Credential;
  /** Of the one that has taken its place. */
  successor: string;
  onChanged: (what: string) => void;
}) {
  const { credential, successor, onChanged } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [open, setOpen] = useState<Step>();
  const [overlap, setOverlap] = useState(chosen());
  const names = { name: credential.name, successor };

  const call = (step: Step) => {
    switch (step) {
      case 'cut-off':
        return api.cutOffCredential(credential.id);
      case 'extend':
        return api.extendCredential(credential.id, {
          overlap: durationOf(overlap),
        });
      default:
        return api.cancelRotation(credential.id);
    }
  };
  return (
    <>
      {credential.actions.filter(isStep).map(step => (
        <Button
          key={step}
          size="small"
          aria-label={t(`myAccess.${WORDS[step]}.label`, names)}
          onClick={() => setOpen(step)}
        >
          {t(`myAccess.${WORDS[step]}.button`)}
        </Button>
      ))}
      {open && (
        <ConfirmDialog
          title={t(`myAccess.${WORDS[open]}.title`, names)}
          confirm={t(`myAccess.${WORDS[open]}.confirm`)}
          busy={t('myAccess.rotate.busy')}
          failed={t(`myAccess.${WORDS[open]}.failed`)}
          disabled={open === 'extend' && durationOf(overlap) === undefined}
          onConfirm={async () => {
            await call(open);
            setOpen(undefined);
            onChanged(t(`myAccess.${WORDS[open]}.done`, names));
          }}
          onClose={() => setOpen(undefined)}
        >
          <DialogContentText>
            {t(`myAccess.${WORDS[open]}.explain`, names)}
          </DialogContentText>
          {open === 'extend' && (
            <OverlapFields
              legend={t('myAccess.extend.overlap')}
              choices={extensionChoices}
              value={overlap}
              onChange={setOverlap}
            />
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
