namespace Voltgate.Server.Api;

/// <summary>What is wrong with one field; Field is its full path: <c>price_components[1].price</c>.</summary>
internal sealed record FieldError(string Field, string Message);

/// <summary>
/// Why a request is not done: an expected failure is a value. Code is stable snake_case for programs, Message one
/// sentence that tells a person what to do.
/// </summary>
internal sealed record Refusal(int Status, string Code, string Message) : IResult
{
    /// <summary>One answer for what does not exist, is malformed or belongs to somebody else: no oracle.</summary>
    public static readonly Refusal NotFound = new(
        404, "not_found", "There is no such object or path for your organisation; check the id and the URL.");

    public static readonly Refusal Draining = new(
        503, "unavailable", "The server is restarting; try again in a few seconds.")
    { RetryAfterSeconds = 5 };

    public static readonly Refusal StoreDown = new(
        503, "store_unavailable", "The store takes no requests right now; try again in a few seconds.")
    { RetryAfterSeconds = 5 };

    public static readonly Refusal Raced = new(
        409, "conflict", "Somebody else changed this object at the same moment; read it and try again.");

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    public static Refusal Unauthenticated(string message) => new(401, "unauthenticated", message);

    public static Refusal Forbidden(string scope) => new(
        403, "forbidden", $"This needs the scope {scope}; use a key or a role that has it.");

    public static readonly Refusal KeysHaveNone = new(
        403, "forbidden", "This is for operators who signed in; an API key has no session and no password.");

    public static Refusal Malformed(string message) => new(400, "malformed", message);

    public static Refusal Conflict(string code, string message) => new(409, code, message);

    public static Refusal Invalid(params IReadOnlyList<FieldError> errors) => new(
        422, "invalid_fields",
        errors.Count == 1
            ? $"Correct the field {errors[0].Field}: {errors[0].Message}"
            : $"Correct the {errors.Count} fields that are listed in errors.")
    { Errors = errors };

    public static Refusal Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>The words for a status that the framework chose without a body.</summary>
    public static Refusal Of(int status) => status switch
    {
        400 => Malformed("The request is not valid HTTP; check its headers and body."),
        401 => Unauthenticated("Send an API key: Authorization: Bearer <key>."),
        404 => NotFound,
        405 => new(405, "method_not_allowed", "This path does not take that method; see the Allow header."),
        406 => new(406, "not_acceptable", "Answers are application/json; accept that."),
        408 => new(408, "timeout", "The request did not arrive in time; send it again."),
        413 => new(413, "too_large", "The body is too large; send at most 1 MB."),
        414 => new(414, "uri_too_long", "The URL is too long; send at most 8 kB."),
        429 => new(429, "too_many_requests", "There were too many requests; wait a little."),
        415 => new(415, "unsupported_media_type", "Send the body as JSON in UTF-8: Content-Type: application/json."),
        431 => new(431, "headers_too_large", "The headers are too large; send at most 32 kB."),
        503 => Draining,
        < 500 => new(status, "refused", "The request was refused; check it against the documentation."),
        _ => new(500, "internal_error", "Something went wrong on our side; quote the request_id when you report it."),
    };

    public Task ExecuteAsync(HttpContext httpContext) => Envelope.Write(httpContext, this);
}
