<?php
// Sign-in with LINE. PHP 7.4 or later. The secret stands in the environment as LINE_SIGN_IN_SECRET, never on a page.
// On the button's page:  session_start(); header('Location: ' . line_begin($member)); exit;
// On the return page:    session_start(); $said = line_finish($_GET['answer'] ?? '');
// Under PHP-FPM the environment is what its pool says: env[LINE_SIGN_IN_SECRET] = …
// $member is the number of whoever is logged in, '' for nobody.

const LINE_ADDRESS = '%ADDRESS%';
const LINE_RETURN = '%RETURN%';
const LINE_LEEWAY = 120;

function line_site(): string
{
    return substr(strrchr(LINE_ADDRESS, '/'), 1);
}

/** Return where to send the browser. */
function line_begin(string $member = ''): string
{
    $state = $_SESSION['line_sign_in'] = bin2hex(random_bytes(24));
    $at = (string) time();
    $signed = implode("\n", ['shopdesk-sign-in', line_site(), $member, $state, LINE_RETURN, $at]);
    return LINE_ADDRESS . '?' . http_build_query([
        'member' => $member,
        'state' => $state,
        'return' => LINE_RETURN,
        'at' => $at,
        'sig' => bin2hex(line_hmac($signed)),
    ], '', '&');
}

/**
 * Return what came of it, or null where this is no answer to this visitor's request.
 *
 * 'result' is linked ('sub' is the member: log them in, with session_regenerate_id(true)), unknown (nobody has linked this LINE: let
 * them log in, then begin again with their number), conflict, not_friend or not_signed_in.
 */
function line_finish($answer): ?array
{
    $state = $_SESSION['line_sign_in'] ?? '';
    unset($_SESSION['line_sign_in']);
    $parts = is_string($answer) ? explode('.', $answer) : []; // ?answer[]= makes an array of it
    if (count($parts) !== 3 || !hash_equals(line_hmac("$parts[0].$parts[1]"), line_bytes($parts[2]))) {
        return null;
    }
    $head = json_decode(line_bytes($parts[0]), true);
    $said = json_decode(line_bytes($parts[1]), true);
    $ours = ($head['alg'] ?? '') === 'HS256' && $said['iss'] === LINE_ADDRESS && $said['aud'] === line_site();
    $timely = time() >= $said['iat'] - LINE_LEEWAY && time() <= $said['exp'] + LINE_LEEWAY;
    return $ours && $timely && $state !== '' && hash_equals($state, $said['state']) ? $said : null;
}

function line_hmac(string $text): string
{
    $secret = (string) getenv('LINE_SIGN_IN_SECRET');
    if ($secret === '') { // with an empty one everybody could sign
        throw new RuntimeException('LINE_SIGN_IN_SECRET is not set');
    }
    return hash_hmac('sha256', $text, $secret, true);
}

function line_bytes(string $text): string
{
    return (string) base64_decode(strtr($text, '-_', '+/'));
}
