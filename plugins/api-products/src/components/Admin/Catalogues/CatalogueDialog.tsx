import { useApi } from '@backstage/core-plugin-api';
import {
  isRecordName,
  type Catalogue,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useT } from '../../../hooks/useT';
import { FormDialog, Picker } from '../../shared';
import { Choose, TextLine } from '../fields';
import { NameFields, nameOf } from '../NameFields';
import { OwnerField } from '../placeFields';
import { recordName } from '../recordName';
import { useOwnerChoices } from '../useChoices';
import { useRecordForm } from '../useRecordForm';
import {
  CATALOGUE_FIELDS,
  catalogueForm,
  cataloguePatchOf,
  newCatalogueOf,
} from './catalogueForm';

/** Makes a catalogue, or changes one. */
export function CatalogueDialog(props: {
  catalogue?: Catalogue;
  onSaved: (catalogue: Catalogue) => void;
  onClose: () => void;
}) {
  const { onSaved, onClose } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const owners = useOwnerChoices();

  const {
    record: catalogue,
    editor: { form, errors, change },
    dialog,
  } = useRecordForm({
    record: props.catalogue,
    formOf: catalogueForm,
    fields: CATALOGUE_FIELDS,
    check: filled => ({
      ...(filled.title.trim() === '' && { title: t('admin.field.required') }),
      ...(!isRecordName(nameOf(filled)) && { name: t('admin.field.name') }),
      ...(filled.owner.length === 0 && { owner: t('admin.field.required') }),
    }),
    create: filled => api.createCatalogue(newCatalogueOf(filled)),
    update: (before, filled) =>
      api.updateCatalogue(recordName(before), cataloguePatchOf(before, filled)),
    read: before => api.getCatalogue(recordName(before)),
    onSaved,
  });

  return (
    <FormDialog
      title={
        catalogue
          ? t('adminCatalogues.dialog.editTitle', { name: catalogue.title })
          : t('adminCatalogues.dialog.addTitle')
      }
      submit={t('adminCatalogues.dialog.save')}
      submitting={t('adminCatalogues.dialog.saving')}
      failed={t('adminCatalogues.dialog.failed')}
      onClose={onClose}
      {...dialog}
    >
      <NameFields
        form={form}
        errors={errors}
        label={t('adminCatalogues.dialog.name')}
        existing={catalogue !== undefined}
        disabled={dialog.busy}
        onChange={change}
      />
      <TextLine
        label={t('admin.field.description')}
        value={form.description}
        error={errors.description}
        maxLength={5000}
        disabled={dialog.busy}
        onChange={description => change({ description })}
      />
      <Choose
        label={t('adminCatalogues.dialog.visibility')}
        value={form.visibility}
        error={errors.visibility}
        disabled={dialog.busy}
        options={[
          ['private', t('adminCatalogues.dialog.private')],
          ['public', t('adminCatalogues.dialog.public')],
        ]}
        onChange={value =>
          change({ visibility: value === 'public' ? 'public' : 'private' })
        }
      />
      {form.visibility === 'private' && (
        <Picker
          label={t('adminCatalogues.dialog.audience')}
          help={t('adminCatalogues.dialog.audienceHelp')}
          choices={owners}
          value={form.audience}
          error={errors.audience}
          disabled={dialog.busy}
          onChange={audience => change({ audience })}
        />
      )}
      <Picker
        label={t('adminCatalogues.dialog.publishers')}
        help={t(
          form.visibility === 'public'
            ? 'adminCatalogues.dialog.publishersHelpPublic'
            : 'adminCatalogues.dialog.publishersHelpPrivate',
        )}
        choices={owners}
        value={form.publishers}
        error={errors.publishers}
        disabled={dialog.busy}
        onChange={publishers => change({ publishers })}
      />
      <OwnerField
        help={t('admin.field.ownerHelp')}
        value={form.owner}
        error={errors.owner}
        disabled={dialog.busy}
        onChange={owner => change({ owner })}
      />
    </FormDialog>
  );
}
