import { CatalogRemovals } from './CatalogRemovals';
import { GoneRecords } from './GoneRecords';
import { Ownerless } from './Ownerless';

/** What entities, records and owners that are gone have left behind, each with what to do. */
export function CleanUpPage() {
  return (
    <>
      <CatalogRemovals />
      <GoneRecords />
      <Ownerless />
    </>
  );
}
