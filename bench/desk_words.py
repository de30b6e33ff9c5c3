"""What people write about computers that do not work, in the languages of the clients."""

SUBJECTS = (
    "Printer offline", "Imprimante hors ligne", "Outlook does not start", "Boîte pleine",
    "VPN drops every hour", "Wi-Fi instable en salle de réunion", "New laptop for a colleague",
    "Arrivée d'un collaborateur", "Backup failed last night", "Sauvegarde en échec cette nuit",
    "Password forgotten", "Mot de passe oublié", "Certificate expires", "Disque presque plein",
    "Scanner no longer sends mail", "Téléphone sans tonalité", "Suspicious mail", "Écran noir",
    "Access to the shared folder", "Licence à renouveler", "Server room too warm",
    "Onduleur en alarme", "Firewall blocks a supplier", "Lenteurs sur le logiciel de gestion",
)  # fmt: skip
SENTENCES = (
    "The device no longer answers since this morning.",
    "L'utilisateur ne peut plus ouvrir sa session depuis la mise à jour.",
    "We restarted the spooler and replaced the toner cartridge.",
    "Le poste a été redémarré, le problème revient au bout de dix minutes.",
    "Remote session with the user, the driver was installed anew.",
    "Câble réseau remplacé, le port du commutateur est en défaut.",
    "The mailbox exceeded its quota, old messages were archived.",
    "Nous avons vérifié les journaux du pare-feu, rien d'anormal.",
    "Please confirm that somebody is on site tomorrow before noon.",
    "Merci de nous rappeler dès que possible, la comptabilité est bloquée.",
    "The certificate was renewed and deployed to both servers.",
    "La sauvegarde de la nuit a échoué, l'espace disque est insuffisant.",
    "A new battery for the laptop is ordered, delivery next week.",
    "Le compte a été réactivé et le mot de passe réinitialisé.",
    "Checked the antivirus console, no infection was found.",
    "Intervention planifiée avec le client jeudi matin.",
    "The synchronisation of the directory runs again.",
    "Mise à jour du micrologiciel effectuée en dehors des heures ouvrées.",
    "The supplier of the accounting software opened a case.",
    "L'imprimante du premier étage bourre à chaque impression recto verso.",
    "Access rights to the shared folder were granted as asked.",
    "Le routeur de l'opérateur a été remplacé par un technicien.",
    "The replacement disk was mounted, the array rebuilds until tonight.",
    "Tout fonctionne de nouveau, merci de clore la demande.",
)
NAMES = (
    "Moreau", "Lefebvre", "Garnier", "Faure", "Rousseau", "Blanc", "Guérin", "Muller", "Henry",
    "Roussel", "Nicolas", "Perrin", "Morin", "Mathieu", "Clément", "Gauthier", "Dumont", "Lopez",
    "Fontaine", "Chevalier", "Robin", "Masson", "Sanchez", "Gérard", "Nguyen", "Boyer", "Denis",
)  # fmt: skip
TRADES = (
    "Menuiserie", "Cabinet", "Garage", "Pharmacie", "Transports", "Imprimerie", "Étude", "Atelier",
    "Clinique", "Boulangerie", "Architectes", "Logistique", "Assurances", "Textiles",
)  # fmt: skip
