import { useState } from 'react';
import DialogContentText from '@material-ui/core/DialogContentText';
import { useApi } from '@backstage/core-plugin-api';
import type {
  EntityRef,
  OwnerlessItem,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog } from '../../shared';
import { OwnerField } from '../placeFields';
import { nameOfRecord } from './useDeletion';

/** Gives something whose owner is gone to somebody else. */
export function NewOwnerDialog(props: {
  item: OwnerlessItem;
  onGiven: (owner: EntityRef) => void;
  onClose: () => void;
}) {
  const { item, onGiven, onClose } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [owners, setOwners] = useState<string[]>([]);
  const [owner] = owners;

  const give = async () => {
    const { kind, ref, id, name, revision } = item;
    const patch = { revision, owner };
    if (kind === 'application' || ref === undefined) {
      await api.updateApplication(id, patch);
    } else {
      const record = nameOfRecord({ kind, ref, name });
      switch (kind) {
        case 'product':
          await api.updateProduct(record, patch);
          break;
        case 'plan':
          await api.updatePlan(record, patch);
          break;
        default:
          await api.updateCatalogue(record, patch);
      }
    }
    onGiven(owner);
  };

  return (
    <ConfirmDialog
      title={t('adminCleanUp.ownerless.dialogTitle', { title: item.title })}
      confirm={t('adminCleanUp.ownerless.confirm')}
      busy={t('adminCleanUp.ownerless.confirming')}
      failed={t('adminCleanUp.ownerless.notDone')}
      disabled={owner === undefined}
      onConfirm={give}
      onClose={onClose}
    >
      <DialogContentText>
        {item.kind === 'application'
          ? t('adminCleanUp.ownerless.dialogApplication')
          : t('adminCleanUp.ownerless.dialogRecord')}
      </DialogContentText>
      <OwnerField value={owners} onChange={setOwners} />
    </ConfirmDialog>
  );
}
