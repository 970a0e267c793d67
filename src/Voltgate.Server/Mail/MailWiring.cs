namespace Voltgate.Server.Mail;

/// <summary>Plugs mail into the server; after the committer and the keyring.</summary>
internal static class MailWiring
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailQueue>().AddSingleton<MailStore>().AddSingleton<Postman>().AddSingleton<MailPace>()
        .AddHostedService<MailSender>();
}
