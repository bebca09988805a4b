-- The outbox. Its rows belong to the system account; whoever acts may only add an event, through cre_emit().

-- Adds an event for the transaction's commit, once per key, and rings for the relay. Who caused it is what the
-- signed actor says, not what the caller says.
CREATE FUNCTION cre_emit(
    event_key text, event_topic text, event_payload jsonb, event_channel text, is_urgent boolean, not_before timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF cre_actor() IS NULL THEN
        RAISE EXCEPTION 'cre: nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF event_channel NOT IN ('', 'work') THEN
        RAISE EXCEPTION 'cre: only an event can be emitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO core_outboxmessage (key, topic, payload, recipient, channel, urgent, created_at, due_at,
                                    attempts, tries, begun, leased_until, done_at, dead, error)
    VALUES (event_key, event_topic, event_payload || jsonb_build_object('by', cre_actor()), NULL, event_channel,
            is_urgent, now(), coalesce(not_before, now()), 0, 0, 0, NULL, NULL, false, '')
    ON CONFLICT (key) DO NOTHING;
    PERFORM pg_notify('cre_outbox', '');
END $$;

REVOKE ALL ON FUNCTION cre_emit(text, text, jsonb, text, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cre_emit(text, text, jsonb, text, boolean, timestamptz) TO cre_app;

-- A notice never changes, but for the moment when it was read.
REVOKE UPDATE ON core_notice FROM cre_app;
GRANT UPDATE (read_at) ON core_notice TO cre_app;
