-- An address is never changed by the application; this one wish of its own person is.
CREATE FUNCTION cre_tell_by_mail(wanted boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE collaborators_signinaddress SET is_told = wanted WHERE user_id = cre_actor() AND confirmed_at IS NOT NULL;
    PERFORM cre_refuse(FOUND, 'be told by mail');
END $$;
