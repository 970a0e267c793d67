using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Signs and reads the tokens of <c>POST /oauth/token</c>: HS256, 24 hours, naming the key that asked.
/// </summary>
internal sealed class AccessTokens(Keyring keyring, TimeProvider clock)
{
    public const int LifetimeSeconds = 86_400;
    private const string Issuer = "voltgate";
    private const string KeyIdClaim = "key_id";

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(Caller caller)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            IssuedAt = now,
            Expires = now.AddSeconds(LifetimeSeconds),
            Subject = new ClaimsIdentity(
            [
                new Claim("sub", caller.Key), new Claim(KeyIdClaim, caller.KeyId),
                new Claim("org", caller.Organization), new Claim("scope", string.Join(' ', caller.Scopes)),
            ]),
            SigningCredentials = new SigningCredentials(
                new SymmetricSecurityKey(keyring.JwtKey), SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>The key that the token was issued to.</summary>
    public async Task<Outcome<TokenSubject>> KeyOf(string token)
    {
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = new SymmetricSecurityKey(keyring.JwtKey),
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime
                ? true
                : throw new SecurityTokenExpiredException(),
        });
        if (result.IsValid && result.Claims.TryGetValue("sub", out var subject) && subject is string key
            && result.Claims.TryGetValue(KeyIdClaim, out var named) && named is string keyId)
            return new TokenSubject(key, keyId);
        return Refusal.Unauthenticated(
            result.Exception is SecurityTokenExpiredException ? "jwt expired"
                : "The access token is not valid; ask for a new one.");
    }
}

/// <summary>Key: its <c>_id</c>. KeyId: the public id of the secret that bought the token.</summary>
internal sealed record TokenSubject(string Key, string KeyId);
