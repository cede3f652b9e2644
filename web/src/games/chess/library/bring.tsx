import { useId, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { Form } from '../../../people/form';
import { Toggle } from '../../../ui/choices';
import { MOST_BYTES, library } from './api';

/** How long the server lets a file come, in ms. */
const UPLOAD = 300_000;

/** Takes a file; what becomes of it stands in the list of imports. */
export function Bring({ brought }: { brought: () => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [open, setOpen] = useState(false);
  const large = file !== null && file.size > MOST_BYTES;
  const submit = async () => {
    if (!file) return;
    await library.add(file, open);
    setFile(null);
    if (field.current) field.current.value = '';
    brought();
  };
  return (
    <section class="panel bring" aria-label={t('library.bring')}>
      <Form submit={submit} label={t('library.go')} disabled={file === null || large} patience={UPLOAD}>
        <div class="form-field">
          <label for={id}>{t('library.file')}</label>
          <input id={id} ref={field} type="file" accept=".pgn,.txt,application/x-chess-pgn" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
          <p class={large ? 'problem' : 'hint'}>{t(large ? 'library.large' : 'library.file.hint')}</p>
        </div>
        <Toggle label={t('library.public')} checked={open} onChange={setOpen} />
      </Form>
    </section>
  );
}
