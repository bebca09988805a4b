-- A no ends at once everything that was shared with this ally, or was to be: what the choice named, what was added to it
-- later, and files.
CREATE OR REPLACE FUNCTION cre_end_refused_choice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM collaborations_disclosure d USING collaborations_consent c
    WHERE c.id = new.consent_id AND d.introduction_id = c.introduction_id;
    DELETE FROM collaborations_filedisclosure d USING collaborations_consent c
    WHERE c.id = new.consent_id AND d.introduction_id = c.introduction_id;
    RETURN new;
END $$;
