update members
set front_door_id = ?2, roles = ?3, shut_out = ?4, sealed_name = ?5, sealed_email = ?6, mark_email = ?7,
    salt = ?8, verifier = ?9, sealed_code_secret = ?10, public_key = ?11, signing_key = ?12,
    sealed_private = ?13, sealed_private_recovery = ?14, recovery_salt = ?15
where member_id = ?1
